-- What one whole unit of a currency is worth in another from a day on, for reports alone: no money is booked by it.
create table currency_rates (
  brand_id    uuid not null,
  into_currency text not null,
  currency    text not null,
  day         date not null,
  rate        numeric not null check (rate > 0),
  primary key (brand_id, into_currency, currency, day)
);
create index currency_rates_listed on currency_rates (brand_id, day desc, currency desc, into_currency desc);
