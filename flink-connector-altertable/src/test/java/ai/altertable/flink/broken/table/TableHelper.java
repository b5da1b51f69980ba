package ai.altertable.flink.broken.table;

class TableHelper {}
