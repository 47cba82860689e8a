package io.statefulkit.embedded.node;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class LoopbackBlockTest {

    @Test
    void a_block_on_which_a_server_has_outlived_its_cluster_is_left_out() throws Exception {
        LoopbackBlock ended = LoopbackBlock.claim();
        int number = Integer.parseInt(ended.network().replaceAll("127\\.(\\d+)\\.", "$1"));
        try (ServerSocket outlived =
                new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, (byte) number, 0, 9}))) {
            assertThat(outlived.isBound()).isTrue();
            ended.close();

            try (LoopbackBlock next = LoopbackBlock.claimFrom(number)) {
                assertThat(next.network()).isNotEqualTo(ended.network()).startsWith("127.");
            }
        }
    }
}
