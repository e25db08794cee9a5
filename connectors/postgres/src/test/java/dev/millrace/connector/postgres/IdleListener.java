package dev.millrace.connector.postgres;

import dev.millrace.connector.Position;
import dev.millrace.connector.ResyncReason;
import dev.millrace.connector.SourceListener;
import dev.millrace.connector.SourceTransaction;
import dev.millrace.connector.TableContents;
import dev.millrace.connector.TableName;
import dev.millrace.error.MillraceException;
import java.time.Duration;
import java.util.List;

/** Does nothing. */
class IdleListener implements SourceListener {
    @Override
    public void loaded(List<TableContents> tables, Position position) {}

    @Override
    public void committed(SourceTransaction transaction) {}

    @Override
    public void progressed(Position position) {}

    @Override
    public void resynced(ResyncReason reason, List<TableContents> tables, Position position) {}

    @Override
    public void disconnected(MillraceException cause, Duration retryIn) {}

    @Override
    public void tableFailed(TableName table, MillraceException cause) {}

    @Override
    public void failed(MillraceException cause) {}
}
