package ai.altertable.flink;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class HouseRulesTest {

    private static final String ROOT = "ai.altertable.flink";
    private static final String BROKEN = ROOT + ".broken";
    private static final Set<String> NAMES = new TreeSet<>(HouseRules.of(ROOT).keySet());

    @Nested
    class TheConnector {

        private static final JavaClasses CLASSES =
                new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages(ROOT);

        @ParameterizedTest
        @FieldSource("ai.altertable.flink.HouseRulesTest#NAMES")
        void keepsTheRule(String name) {
            // A room that nobody has moved into breaks no rule.
            ArchRule rule = HouseRules.of(ROOT).get(name).allowEmptyShould(true);

            assertThat(rule.evaluate(CLASSES).getFailureReport().getDetails()).isEmpty();
        }

        @Test
        void isWhatWasImported() {
            assertThat(CLASSES).isNotEmpty();
            assertThat(CLASSES).noneMatch(type -> type.getPackageName().startsWith(BROKEN));
        }
    }

    @Nested
    class ABrokenHouse {

        private static final JavaClasses CLASSES = new ClassFileImporter().importPackages(BROKEN);
        private static final Map<String, ArchRule> RULES = HouseRules.of(BROKEN);

        @ParameterizedTest
        @CsvSource({
            "imports point down, client.ImportsTheSink",
            "imports point down, sink.ImportsTheSource",
            "imports point down, BaseImportsTheClient",
            "every class has a room, shed.LivesOutside",
            "format knows no HTTP, format.SpeaksHttp",
            "client knows no Flink runtime, client.KnowsRows",
            "only public Flink, source.UsesInternalFlink",
            "names say what a class is for, table.TableHelper",
            "no java.util.logging, sink.LogsByJavaUtilLogging",
            "no standard streams, source.Prints",
            "logging as of SLF4J 1.7, client.LogsFluently",
        })
        void isReportedBy(String name, String type) {
            assertThat(details(name)).anyMatch(line -> line.contains(BROKEN + "." + type));
        }

        @ParameterizedTest
        @FieldSource("ai.altertable.flink.HouseRulesTest#NAMES")
        void isReportedByEveryRuleButNeverForAGoodNeighbour(String name) {
            assertThat(details(name))
                    .isNotEmpty()
                    .noneMatch(line -> line.contains("GoodNeighbour"));
        }

        private List<String> details(String name) {
            return RULES.get(name).evaluate(CLASSES).getFailureReport().getDetails();
        }
    }
}
