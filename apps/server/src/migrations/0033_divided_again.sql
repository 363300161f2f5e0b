-- How a bet is divided since its wallet was folded again, where that is not as it was told. Its legs stay as they were
-- booked, and postings make up the difference; a win or a rollback to come goes by this.
alter table bets add column divided_again json;
