-- Keys of codes that a message tells and that were bound to its player before, by a journey; null for nearly all.
alter table messages add column codes uuid[];
