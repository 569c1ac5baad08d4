-- Its number is kept for what is being written.
select 1;
