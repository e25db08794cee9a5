package dev.millrace.cli;

import dev.millrace.Millrace;
import dev.millrace.testkit.PostgresServer;
import dev.millrace.testkit.Shop;
import dev.millrace.testkit.ShopWorkload;
import dev.millrace.testkit.Workload;
import java.io.PrintWriter;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One run of the demonstration: a server, a shop in it, live queries over it, somebody who checks them and a display. */
final class Demo {
    /** @param duration how long to run; until stopped if empty */
    record Settings(Optional<Duration> duration, double rate, boolean plain, boolean check, long seed) {}

    private static final Duration FRAME = Duration.ofMillis(100);
    private static final int FRAMES_PER_SECOND = 10;

    private Demo() {}

    /** Returns whether all live results were found right. */
    static boolean run(Settings settings, PrintWriter out) {
        out.println("starting Postgres and the shop, seed " + settings.seed);
        out.flush();
        try (StopSignal stop = new StopSignal();
                PostgresServer server = PostgresServer.start()) {
            // Closed here also on Ctrl-C, after those who use it.
            server.keepOnExit();
            Shop.create(server);
            try (Millrace millrace = Millrace.inMemory()) {
                millrace.execute(ServerOptions.createSource(
                        "shop", server.jdbcUrl(), server.user(), Optional.of(server.password())));
                return watch(settings, out, stop, server, millrace);
            }
        }
    }

    private static boolean watch(
            Settings settings, PrintWriter out, StopSignal stop, PostgresServer server, Millrace millrace) {
        List<DemoView> views = new ArrayList<>();
        try (Workload workload = ShopWorkload.start(server, settings.rate, settings.seed)) {
            DemoMeter meter = new DemoMeter(Clock.systemUTC(), workload);
            for (DemoQuery query : DemoQuery.values()) {
                views.add(new DemoView(query, millrace.live(query.sql()), meter::told));
            }
            try (DemoCheck check = new DemoCheck(server, views, settings.check)) {
                CompletableFuture<Void> checking = CompletableFuture.runAsync(
                        () -> checkUntilStopped(check, settings, stop),
                        task -> Thread.ofVirtual().start(task));
                show(settings, out, stop, meter, views);
                stop.request();
                join(checking);
                workload.stop();
                if (check.isEqual()) {
                    check.compareAtEnd();
                }
                out.println("in all: " + meter.overall());
                check.report().ifPresent(out::println);
                out.flush();
                return check.isEqual();
            }
        } finally {
            views.forEach(DemoView::close);
        }
    }

    private static void checkUntilStopped(DemoCheck check, Settings settings, StopSignal stop) {
        Random random = new Random(settings.seed);
        try {
            while (!stop.await(Duration.ofMillis(random.nextInt(200, 1500))) && check.isEqual()) {
                check.compare();
            }
        } finally {
            stop.request();
        }
    }

    private static void show(
            Settings settings, PrintWriter out, StopSignal stop, DemoMeter meter, List<DemoView> views) {
        long frames =
                settings.duration.map(duration -> duration.dividedBy(FRAME)).orElse(Long.MAX_VALUE);
        try (DemoDisplay display =
                settings.plain ? new DemoLog(out, views) : new DemoScreen(new Terminal(out, stop), views)) {
            meter.restart();
            for (long frame = 1; frame <= frames && !stop.await(FRAME); frame++) {
                if (frame % FRAMES_PER_SECOND == 0) {
                    display.second(meter.read());
                }
                display.frame();
            }
        }
    }

    private static void join(CompletableFuture<Void> checking) {
        try {
            checking.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw e;
        }
    }
}
