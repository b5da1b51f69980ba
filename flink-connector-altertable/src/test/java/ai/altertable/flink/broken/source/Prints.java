package ai.altertable.flink.broken.source;

public class Prints {
    void print() {
        System.out.println("here");
    }
}
