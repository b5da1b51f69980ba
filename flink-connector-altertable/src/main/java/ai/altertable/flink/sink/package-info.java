/**
 * Writes rows: gathers them in chunks, uploads the chunks, and answers for each of them exactly
 * once. Knows Flink's Sink API, and nothing of sources.
 */
package ai.altertable.flink.sink;
