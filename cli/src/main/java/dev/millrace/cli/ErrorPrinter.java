package dev.millrace.cli;

import dev.millrace.error.MillraceException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** Prints why a command failed: an error with its code, or, for a bug, everything that helps to find it. */
final class ErrorPrinter implements IExecutionExceptionHandler {
    @Override
    public int handleExecutionException(Exception failure, CommandLine command, ParseResult arguments) {
        PrintWriter err = command.getErr();
        if (failure instanceof MillraceException error) {
            err.println("error " + error.code().code() + ": " + error.detail());
        } else {
            err.println("error: this is a bug of Millrace; please report it with what follows");
            failure.printStackTrace(err);
        }
        err.flush();
        return CommandLine.ExitCode.SOFTWARE;
    }
}
