-- True, or an error that undoes the transaction: so a guard that fails stops a commit that is already on its way.
create function insist(holds boolean) returns boolean language plpgsql as $$
begin
  if holds then
    return true;
  end if;
  raise exception 'a guard refused the write' using errcode = 'GF001';
end;
$$;
