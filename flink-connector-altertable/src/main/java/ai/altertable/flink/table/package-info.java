/**
 * Flink SQL: from DDL and push-downs to a sink, a source or a lookup. The top of the house; nothing
 * imports it.
 */
package ai.altertable.flink.table;
