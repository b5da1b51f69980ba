package ai.altertable.flink.sink;

import org.apache.flink.api.common.TaskInfo;

/** The one subtask of a sink in a test. */
final class OnlyTask implements TaskInfo {

    @Override
    public String getTaskName() {
        return "a test's task";
    }

    @Override
    public int getMaxNumberOfParallelSubtasks() {
        return 1;
    }

    @Override
    public int getIndexOfThisSubtask() {
        return 0;
    }

    @Override
    public int getNumberOfParallelSubtasks() {
        return 1;
    }

    @Override
    public int getAttemptNumber() {
        return 0;
    }

    @Override
    public String getTaskNameWithSubtasks() {
        return "a test's task (1/1)";
    }

    @Override
    public String getAllocationIDAsString() {
        return "";
    }
}
