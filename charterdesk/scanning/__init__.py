"""Files that strangers sent are looked at by a virus scanner (clamd), where the operator named one."""
