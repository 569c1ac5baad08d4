-- One changes one's own password, and is told of it at the next log-in as of the rest.
alter table avis drop constraint nature_d_avis_connue, add constraint nature_d_avis_connue
  check (nature in ('cle', 'mot_de_passe', 'mot_de_passe_change', 'navigateur', 'secours', 'secours_refaits', 'cle_acces',
    'cle_acces_retiree', 'cle_copiee'));
