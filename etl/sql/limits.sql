-- one row per nothing: what a build may take, so that a load of a hundred thousand reports stays under 2 GB; the rest goes to disk
set memory_limit = '{memory}';
