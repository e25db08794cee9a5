package dev.millrace.connector.postgres;

import dev.millrace.connector.Connector;
import dev.millrace.connector.Source;
import java.util.Map;

/** Opens Postgres databases as sources: {@code CREATE SOURCE … FROM POSTGRES (url = 'jdbc:postgresql://…', …)}. */
public final class PostgresConnector implements Connector {
    @Override
    public String type() {
        return "POSTGRES";
    }

    @Override
    public Source open(String name, Map<String, String> options) {
        return PostgresSource.open(name, PostgresOptions.parse(options));
    }
}
