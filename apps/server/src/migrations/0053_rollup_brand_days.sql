-- Days of a whole brand: as many rows for a brand of a thousand campaigns as for one of ten.
create table rollup_brand_days (
  brand_id    uuid not null,
  day         date not null,
  measure     text not null,
  detail      text not null,
  currency    text not null,
  count       bigint not null,
  amount      numeric not null,
  primary key (brand_id, day, measure, detail, currency)
);
insert into rollup_brand_days (brand_id, day, measure, detail, currency, count, amount)
select brand_id, day, measure, detail, currency, sum(count), sum(amount) from rollup_days group by 1, 2, 3, 4, 5;
