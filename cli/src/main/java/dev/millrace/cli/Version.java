package dev.millrace.cli;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import picocli.CommandLine.IVersionProvider;

/** The version that was built. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() throws IOException {
        Properties properties = new Properties();
        try (InputStream resource = Version.class.getResourceAsStream("version.properties")) {
            if (resource == null) {
                throw new IOException("version.properties is missing from the build");
            }
            properties.load(resource);
        }
        return new String[] {
            "millrace " + properties.getProperty("version") + " (Java "
                    + Runtime.version().feature() + ")"
        };
    }
}
