package ai.altertable.local.contract;

/** CONTRACT §1: the two generations of the API. A server speaks one of them, or both. */
public enum Generation {
    FIRST,
    TODAY
}
