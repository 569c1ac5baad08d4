-- A school attests that a pupil was there over a period: a paper of its own kind, which another period does not replace.
alter table document drop constraint type_connu, add constraint type_connu check (type in (
  'certificat_scolarite', 'certificat_radiation', 'certificat_inscription', 'attestation_frequentation'));

alter function etat_du_document(text, timestamptz) rename to etat_du_certificat;

create function etat_du_document(p_numero text, p_le timestamptz, out etat text, out le timestamptz)
language plpgsql stable security definer set search_path = public, pg_temp as $$
declare
  d document;
begin
  select * into d from document
  where emetteur = split_part(p_numero, '-', 1) and annee = split_part(p_numero, '-', 2)::integer
    and numero = split_part(p_numero, '-', 3)::integer and type = 'attestation_frequentation';
  if not found then
    select c.etat, c.le into etat, le from etat_du_certificat(p_numero, p_le) c;
    return;
  end if;
  etat := case when exists (
    select from scolarite s where s.eleve_id = d.eleve_id and s.ecole_uai = d.ecole_uai and s.date_admission is not null
  ) then 'en_vigueur' else 'perime' end;
end
$$;
revoke execute on function etat_du_certificat, etat_du_document from public;
revoke execute on function etat_du_certificat from be_connexion;
grant execute on function etat_du_document to be_connexion;
