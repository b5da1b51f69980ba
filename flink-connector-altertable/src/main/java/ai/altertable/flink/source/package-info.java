/**
 * Flink's source interface: a query is cut into splits, each split is read whole and then emitted.
 * Knows nothing of the sink.
 */
package ai.altertable.flink.source;
