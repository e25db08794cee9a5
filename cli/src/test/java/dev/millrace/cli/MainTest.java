package dev.millrace.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.millrace.error.ErrorCode;
import dev.millrace.error.MillraceException;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class MainTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "unknown",
                "--unknown",
                "demo --rate 0",
                "demo --rate fast",
                "demo --seconds 0",
                "demo --unknown",
                "live",
                "live --url jdbc:postgresql://localhost/shop",
                "live SELECT",
                "live --url http://localhost/shop SELECT",
                "live --url jdbc:postgresql://localhost/shop --seconds -1 SELECT"
            })
    void wrong_usage_is_explained_and_exits_with_2(String arguments) {
        Run run = Run.of(arguments.isEmpty() ? new String[0] : arguments.split(" ", -1));
        assertEquals(2, run.exitCode());
        assertEquals("", run.out());
        assertTrue(run.err().contains("Usage: millrace"), run.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "demo ", "live "})
    void every_command_has_help_and_a_version(String command) {
        Run help = Run.of((command + "--help").split(" ", -1));
        assertEquals(0, help.exitCode());
        assertTrue(help.out().startsWith(("Usage: millrace " + command).strip()), help.out());
        Run version = Run.of((command + "--version").split(" ", -1));
        assertEquals(0, version.exitCode());
        assertTrue(version.out().matches("millrace \\d+\\.\\d+\\.\\d+\\S* \\(Java \\d+\\)\\R"), version.out());
    }

    @Test
    void an_error_is_printed_with_its_code_and_a_bug_with_its_trace() {
        StringWriter err = new StringWriter();
        CommandLine command = Main.commandLine().setErr(new PrintWriter(err));
        var error = new MillraceException(ErrorCode.SYNTAX_ERROR, "unexpected FORM\nSELECT * FORM t\n         ^");
        var arguments = command.parseArgs();
        assertEquals(1, new ErrorPrinter().handleExecutionException(error, command, arguments));
        assertEquals(
                "error MR-1001: unexpected FORM\nSELECT * FORM t\n         ^\n",
                err.toString().replace("\r\n", "\n"));
        err.getBuffer().setLength(0);
        assertEquals(
                1, new ErrorPrinter().handleExecutionException(new IllegalStateException("odd"), command, arguments));
        assertTrue(err.toString().contains("bug of Millrace") && err.toString().contains("IllegalStateException: odd"));
    }
}
