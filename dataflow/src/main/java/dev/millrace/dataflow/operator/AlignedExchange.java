package dev.millrace.dataflow.operator;

import dev.millrace.dataflow.store.Batch;
import dev.millrace.dataflow.store.Parts;

/** Of an input that is split by the same key: the parts of its changes are those of the shards. What it holds is split by the key. */
record AlignedExchange(KeyExchange contents) implements Exchange {
    @Override
    public void split(Parts change, Workers workers, boolean large, Parts[] shares) {
        for (int part = 0; part < change.count(); part++) {
            shares[part].add(change.part(part));
        }
    }

    @Override
    public void splitContents(Batch rows, Workers workers, Parts[] shares) {
        contents.splitContents(rows, workers, shares);
    }
}
