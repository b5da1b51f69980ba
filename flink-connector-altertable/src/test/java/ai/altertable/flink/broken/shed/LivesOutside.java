package ai.altertable.flink.broken.shed;

class LivesOutside {}
