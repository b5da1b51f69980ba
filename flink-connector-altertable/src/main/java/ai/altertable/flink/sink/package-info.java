/**
 * Flink's Sink V2: rows are encoded into chunks, chunks are uploaded or staged and committed. Knows
 * nothing of the source.
 */
package ai.altertable.flink.sink;
