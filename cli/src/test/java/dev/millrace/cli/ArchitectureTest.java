package dev.millrace.cli;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the rooms of the house and the arrows between them: who may know whom. */
class ArchitectureTest {
    private static final JavaClasses MILLRACE = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.millrace");

    /** A part of the system, the packages it consists of, and those it may know besides its own and those of the errors. */
    record Room(String name, List<String> packages, List<String> mayKnow) {
        boolean contains(JavaClass type) {
            return resideInAnyPackage(packages.toArray(String[]::new)).test(type);
        }

        @Override
        public String toString() {
            return name;
        }
    }

    private static final List<String> ERRORS = List.of("dev.millrace.error");
    private static final List<String> DATAFLOW = List.of("dev.millrace.dataflow..");
    private static final List<String> SQL = List.of("dev.millrace.sql..");
    private static final List<String> ENGINE = List.of(
            "dev.millrace",
            "dev.millrace.connector",
            "dev.millrace.message..",
            "dev.millrace.delivery..",
            "dev.millrace.lifecycle..");
    private static final List<String> CONNECTORS = List.of("dev.millrace.connector.*..");
    private static final List<String> TESTKIT = List.of("dev.millrace.testkit..");
    private static final List<String> BENCH = List.of("dev.millrace.bench..");
    private static final List<String> CLI = List.of("dev.millrace.cli..");

    static List<Room> rooms() {
        return List.of(
                new Room("errors", ERRORS, List.of()),
                new Room("dataflow", DATAFLOW, List.of()),
                new Room("sql", SQL, DATAFLOW),
                new Room("engine", ENGINE, all(SQL, DATAFLOW)),
                new Room("connectors", CONNECTORS, List.of("dev.millrace.connector", "dev.millrace.dataflow.row")),
                new Room("testkit", TESTKIT, all(ENGINE, List.of("dev.millrace.dataflow.row"))),
                new Room("bench", BENCH, all(DATAFLOW, SQL, ENGINE, CONNECTORS, TESTKIT)),
                new Room("cli", CLI, all(DATAFLOW, SQL, ENGINE, CONNECTORS, TESTKIT, BENCH)));
    }

    @SafeVarargs
    private static List<String> all(List<String>... packages) {
        List<String> all = new ArrayList<>();
        for (List<String> some : packages) {
            all.addAll(some);
        }
        return all;
    }

    /** A room without classes passes; {@link #every_class_is_in_exactly_one_room} finds a room whose packages are misspelt. */
    @ParameterizedTest
    @MethodSource("rooms")
    void a_room_knows_only_the_rooms_below_it(Room room) {
        Room known = new Room("known", all(room.packages(), room.mayKnow(), ERRORS), List.of());
        noClasses()
                .that(describe("are in " + room, room::contains))
                .should()
                .dependOnClassesThat(describe(
                        "are in another room than " + known.packages(),
                        type -> type.getPackageName().startsWith("dev.millrace") && !known.contains(type)))
                .allowEmptyShould(true)
                .check(MILLRACE);
    }

    @Test
    void every_class_is_in_exactly_one_room() {
        for (JavaClass type : MILLRACE) {
            assertEquals(
                    1,
                    rooms().stream().filter(room -> room.contains(type)).count(),
                    () -> type.getName() + " must be in exactly one room of this test");
        }
    }

    @Test
    void packages_do_not_depend_on_each_other_in_a_circle() {
        slices().assignedFrom(new SliceAssignment() {
                    @Override
                    public SliceIdentifier getIdentifierOf(JavaClass type) {
                        return SliceIdentifier.of(type.getPackageName());
                    }

                    @Override
                    public String getDescription() {
                        return "packages";
                    }
                })
                .should()
                .beFreeOfCycles()
                .check(MILLRACE);
    }

    @Test
    void every_package_says_what_it_is_and_is_null_marked() {
        List<String> unmarked = MILLRACE.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(contents -> !contents.isAnnotatedWith(NullMarked.class))
                .map(JavaPackage::getName)
                .sorted()
                .toList();
        assertEquals(List.of(), unmarked, "packages without a package-info.java that is @NullMarked");
    }

    @Test
    void packages_are_named_for_what_they_hold() {
        Set<String> empty = Set.of("util", "utils", "common", "helper", "helpers", "impl", "manager", "misc");
        List<String> named = MILLRACE.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> Stream.of(name.split("\\.", -1)).anyMatch(empty::contains))
                .distinct()
                .toList();
        assertEquals(List.of(), named);
    }

    @Test
    void nobody_sleeps() {
        noClasses()
                .should()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(Thread.class, "sleep", long.class, int.class)
                .orShould()
                .callMethod(Thread.class, "sleep", java.time.Duration.class)
                .orShould()
                .callMethod(TimeUnit.class, "sleep", long.class)
                .check(MILLRACE);
    }

    @Test
    void the_dataflow_does_no_input_or_output_and_knows_threads_in_one_place() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.millrace.dataflow..")
                .and()
                .haveNameNotMatching("dev\\.millrace\\.dataflow\\.operator\\.Workers(\\$.*)?")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "java.io..",
                        "java.net..",
                        "java.nio.file..",
                        "java.nio.channels..",
                        "java.sql..",
                        "java.util.concurrent..")
                .orShould()
                .dependOnClassesThat()
                .areAssignableTo(Thread.class)
                .check(MILLRACE);
    }

    @Test
    void only_the_connectors_testkit_and_bench_know_the_postgres_driver() {
        classes()
                .that(describe(
                        "use the Postgres driver",
                        type -> type.getDirectDependenciesFromSelf().stream()
                                .anyMatch(dependency -> dependency
                                        .getTargetClass()
                                        .getPackageName()
                                        .startsWith("org.postgresql"))))
                .should()
                .resideInAnyPackage(all(CONNECTORS, TESTKIT, BENCH).toArray(String[]::new))
                .allowEmptyShould(true)
                .check(MILLRACE);
    }
}
