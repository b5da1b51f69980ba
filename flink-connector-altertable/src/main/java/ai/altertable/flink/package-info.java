/**
 * The vocabulary of the connector: its options, a connection, credentials, the name of a table.
 * Every other package may use it; it uses none of them.
 */
package ai.altertable.flink;
