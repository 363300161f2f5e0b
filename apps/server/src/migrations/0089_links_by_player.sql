-- Of players alone: with the identifier in it, it could be read whole to look for one of those.
drop index risk_links_by_player;
create index risk_links_by_player on risk_links (player_id) where removed_at is null;
