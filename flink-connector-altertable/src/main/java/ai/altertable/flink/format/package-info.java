/** Rows to bytes and back: file formats, type mapping, the quoting of SQL. Knows no HTTP. */
package ai.altertable.flink.format;
