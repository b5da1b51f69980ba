/**
 * Speaks HTTP with a lakehouse and judges its answers: upload, upsert, query, cancel. Retries live
 * here and nowhere else. Knows nothing of Flink but its configuration values.
 */
package ai.altertable.flink.client;
