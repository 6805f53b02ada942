-- one row per nothing: what a build may take, so that a load of a hundred thousand reports stays under 2 GB; the rest goes to disk
set memory_limit = '{memory}';
-- The other processors read files meanwhile, and what few reports need is sooner done by one than shared among several.
set threads = 1;
