-- The players of one brand in the order of their tables, part after part: however many other brands have.
create index players_of_brand on players (brand_id, player_id);
