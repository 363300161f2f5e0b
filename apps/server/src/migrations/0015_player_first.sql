-- Activations and grants are found by their player, or by brand and id; two indexes did both jobs twice. Of an
-- activation's bonuses there are few among few: the player's.
alter table activations drop constraint activations_pkey;
alter table activations add primary key (player_id, activation_id);
drop index activations_by_player;

alter table grants drop constraint grants_pkey;
alter table grants add primary key (player_id, grant_id);
drop index grants_by_player;
drop index grants_by_activation;
