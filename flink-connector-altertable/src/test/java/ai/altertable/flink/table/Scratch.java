package ai.altertable.flink.table;

import java.util.*;
import org.apache.flink.table.api.*;

public class Scratch {
    public static void main(String[] a) throws Exception {
        try (TableLake lake = new TableLake()) {
            ManyTypes.statements("lake.main.t", 200, new Random(20261121L))
                    .forEach(lake.lake::execute);
            var t = TableLake.streaming(1);
            t.registerCatalog("recorded", new RecordedPushDowns());
            for (String n : List.of("pushed", "kept", "recorded.`default`.t"))
                lake.declare(
                        t,
                        n,
                        ManyTypes.declared(),
                        "table",
                        "t",
                        "filter.handling.policy",
                        n.equals("kept") ? "never" : "always");
            for (String p :
                    new String(java.nio.file.Files.readAllBytes(java.nio.file.Path.of(a[0])))
                            .split(";\n")) {
                if (p.isBlank()) continue;
                p = p.strip();
                System.out.println("### " + p);
                for (String n : List.of("pushed", "kept"))
                    System.out.println(TableLake.plan(t, "SELECT id FROM " + n + " WHERE " + p));
                var d = RecordedPushDowns.of(t, "SELECT id FROM recorded.`default`.t WHERE " + p);
                System.out.println(d);
                var k = new TreeSet<>(TableLake.rows(t, "SELECT id FROM kept WHERE " + p));
                var pu = new TreeSet<>(TableLake.rows(t, "SELECT id FROM pushed WHERE " + p));
                var ids = new TreeSet<String>();
                for (var r :
                        lake.lake.rows(
                                "SELECT id FROM lake.main.t WHERE "
                                        + (d.where().isEmpty() ? "true" : d.where())))
                    ids.add("+I[" + r.get(0) + "]");
                System.out.println(
                        "kept " + k.size() + " pushed " + pu.size() + " duck " + ids.size());
                var miss = new TreeSet<>(k);
                miss.removeAll(pu);
                System.out.println("missing " + miss);
                var ex = new TreeSet<>(pu);
                ex.removeAll(k);
                System.out.println("extra " + ex);
                var dm = new TreeSet<>(k);
                dm.removeAll(ids);
                System.out.println("not in duck " + dm);
                for (String n : List.of("pushed", "kept"))
                    if (!miss.isEmpty()) {
                        System.out.println(
                                n
                                        + " "
                                        + TableLake.rows(
                                                t,
                                                "SELECT id, x, l, li, b FROM "
                                                        + n
                                                        + " WHERE id IN ("
                                                        + miss.first().replaceAll("[^0-9]", "")
                                                        + ")"));
                    }
            }
        }
    }
}
