-- Which checks a decision made, and how each came out, is the same for nearly all activations of an offer: it is written
-- once, under the first half of its SHA-256. An activation keeps what its checks saw. The form of both is told in
-- features/activations/stored-checks.ts.
create table check_outlines (
  outline_id uuid primary key,
  outline    text not null
);

alter table activations rename column checks to seen;
alter table activations add column outline_id uuid;

-- So far a check was a name, or [name, refusal key or null, saw, needs] without what is missing at the end.
create temporary table outlined on commit drop as
select player_id, activation_id, string_agg(line, E'\n' order by n) as outline,
  '[' || coalesce(string_agg(value, ',' order by n), '') || ']' as seen
from (
  select a.player_id, a.activation_id, t.n,
    case when json_typeof(t.stored) = 'string' then t.stored #>> '{}'
      when t.stored ->> 1 is null then (t.stored ->> 0) || ' ='
      else (t.stored ->> 0) || ' !' || (t.stored ->> 1) end as line,
    case when json_typeof(t.stored) = 'string' then null
      when t.stored ->> 1 is null then (t.stored -> 2)::text
      else '[' || concat_ws(',', t.stored -> 2, t.stored -> 3) || ']' end as value
  from activations a cross join lateral json_array_elements(a.seen) with ordinality as t (stored, n)
) checks
group by player_id, activation_id;

insert into check_outlines (outline_id, outline)
select distinct substr(encode(sha256(convert_to(outline, 'UTF8')), 'hex'), 1, 32)::uuid, outline from outlined;

update activations a
set outline_id = substr(encode(sha256(convert_to(o.outline, 'UTF8')), 'hex'), 1, 32)::uuid, seen = o.seen::json
from outlined o where a.player_id = o.player_id and a.activation_id = o.activation_id;

alter table activations alter column outline_id set not null;
