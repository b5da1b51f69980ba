package ai.altertable.flink.broken.sink;

import ai.altertable.flink.broken.source.Prints;

public class ImportsTheSource {
    Prints source;
}
