/** A house that breaks every rule once, so that {@code HouseRulesTest} sees the rules fail. */
package ai.altertable.flink.broken;
