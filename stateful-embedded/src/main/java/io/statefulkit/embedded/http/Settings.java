package io.statefulkit.embedded.http;

import io.statefulkit.embedded.http.tls.Certificate;
import io.statefulkit.embedded.http.tls.CipherSuites;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.KeyCertOptions;

/** How the web server is set up: few threads, no files, limits that end a client and not the server. */
final class Settings {

    private Settings() {}

    static VertxOptions vertx() {
        return new VertxOptions()
                .setEventLoopPoolSize(2)
                .setWorkerPoolSize(1)
                .setInternalBlockingPoolSize(1)
                .setUseDaemonThread(true)
                .setBlockedThreadCheckInterval(60_000)
                .setFileSystemOptions(
                        new FileSystemOptions().setFileCachingEnabled(false).setClassPathResolvingEnabled(false));
    }

    static HttpServerOptions encrypted(Certificate certificate) {
        HttpServerOptions options = inTheClear()
                .setSsl(true)
                .setUseAlpn(false)
                .setKeyCertOptions(KeyCertOptions.wrap(certificate.keyManager()));
        CipherSuites.fastFirst().forEach(options::addEnabledCipherSuite);
        return options;
    }

    static HttpServerOptions inTheClear() {
        return new HttpServerOptions()
                .setHost("127.0.0.1")
                .setAcceptBacklog(4096)
                .setMaxHeaderSize(64 * 1024)
                .setMaxInitialLineLength(64 * 1024)
                .setMaxWebSocketFrameSize(4 * 1024 * 1024)
                .setMaxWebSocketMessageSize(8 * 1024 * 1024)
                .setPerFrameWebSocketCompressionSupported(false)
                .setPerMessageWebSocketCompressionSupported(false)
                // A client that does not read cannot confirm that it closes.
                .setWebSocketClosingTimeout(1)
                .setHandle100ContinueAutomatically(true)
                .setWebSocketSubProtocols(StreamCalls.PROTOCOLS);
    }
}
