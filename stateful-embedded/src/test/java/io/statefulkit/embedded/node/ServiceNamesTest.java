package io.statefulkit.embedded.node;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.statefulkit.embedded.json.Json;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServiceNamesTest {

    private static final Map<String, String> OBJECTS = Map.of(
            "services/shop/orders", "{'spec':{'clusterIP':'127.9.128.1'}}",
            "services/shop/orders-headless", "{'spec':{'clusterIP':'None'}}",
            "endpoints/shop/orders-headless", "{'subsets':[{'addresses':[{'ip':'127.9.0.7'}]}]}",
            "pods/shop/orders-0", "{'status':{'podIP':'127.9.0.7'}}",
            "services/other/cache", "{'spec':{'clusterIP':'127.9.128.2'}}",
            "services/shop/empty", "{'spec':{'clusterIP':'None'}}");

    private final ServiceNames names = new ServiceNames(
            (type, namespace, name) -> Optional.ofNullable(OBJECTS.get(type.plural() + "/" + namespace + "/" + name))
                    .map(ServiceNamesTest::json),
            "shop");

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        orders.shop.svc                                     | 127.9.128.1
        ping cache.other.svc.cluster.local now              | ping 127.9.128.2 now
        a=orders-0.orders-headless.shop.svc,b               | a=127.9.0.7,b
        orders-headless.shop.svc:5432                       | 127.9.0.7:5432
        jdbc:postgresql://orders:5432/orders?user=orders    | jdbc:postgresql://127.9.128.1:5432/orders?user=orders
        postgresql://app:secret@orders-0.orders-headless/db | postgresql://app:secret@127.9.0.7/db
        redis://cache.other                                 | redis://127.9.128.2
        until pg_isready -h orders; do sleep 1; done        | until pg_isready -h 127.9.128.1; do sleep 1; done
        mysql --host=orders -p                              | mysql --host=127.9.128.1 -p
        psql -horders "--host orders"                       | psql -h127.9.128.1 "--host 127.9.128.1"
        """)
    void a_name_that_plainly_is_a_host_becomes_its_address(String text, String rewritten) {
        assertThat(names.rewrite(text)).isEqualTo(rewritten);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        orders
        psql -d orders orders
        https://orders.example.com/orders
        https://orders_2/x
        orders.shop.svc.example.com
        nobody.shop.svc and empty.shop.svc and orders.svc
        ls -hal orders
        psql --hostage orders
        """)
    void anything_else_stays(String text) {
        assertThat(names.rewrite(text)).isEqualTo(text);
    }

    @Test
    void a_variable_with_a_host_is_told_by_its_name() {
        assertThat(names.variable("PGHOST", "orders")).isEqualTo("127.9.128.1");
        assertThat(names.variable("REDIS_HOST", "cache.other:6379")).isEqualTo("127.9.128.2:6379");
        assertThat(names.variable("PGDATABASE", "orders")).isEqualTo("orders");
        assertThat(names.variable("PGHOST", "127.0.0.1")).isEqualTo("127.0.0.1");
        assertThat(names.variable("PGHOST", "/var/run/orders")).isEqualTo("/var/run/orders");
        assertThat(names.variable("PGHOST", "nobody")).isEqualTo("nobody");
    }

    @Test
    void a_word_after_the_option_for_a_host_is_one() {
        assertThat(names.words(List.of("psql", "-h", "orders", "orders", "--host", "cache.other")))
                .containsExactly("psql", "-h", "127.9.128.1", "orders", "--host", "127.9.128.2");
    }

    private static ObjectNode json(String text) {
        return (ObjectNode) Json.parse(text.replace('\'', '"'));
    }
}
