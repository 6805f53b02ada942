-- one row per file of an earlier load that is gone: it counts where no other one can
update held set is_gone = true where list_contains($gone::varchar[], path);
