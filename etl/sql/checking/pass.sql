-- one row per nothing: which of how many passes over the cells comes next; a pass takes every so-manieth cell of the form
set variable pass = $pass;
