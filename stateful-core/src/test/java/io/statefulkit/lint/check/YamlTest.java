package io.statefulkit.lint.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.statefulkit.lint.Finding;
import io.statefulkit.lint.Rule;
import org.junit.jupiter.api.Test;

class YamlTest {

    @Test
    void fields_that_were_left_empty_are_not_there() {
        assertThat(Lint.yaml("""
                apiVersion: v1
                kind: ConfigMap
                metadata:
                  name: settings
                  labels:
                data:
                  motd:
                ---
                apiVersion: v1
                kind: Pod
                metadata:
                  name: web
                spec:
                  volumes:
                  initContainers:
                  containers:
                    - name: web
                      image: nginx:1.29.1
                      env:
                      volumeMounts:
                """).rules()).containsExactly(Rule.SEC09);
    }

    @Test
    void a_claim_and_a_volume_without_a_spec_are_no_objects() {
        assertThat(Lint.yaml("""
                apiVersion: v1
                kind: PersistentVolumeClaim
                metadata:
                  name: data
                ---
                apiVersion: v1
                kind: PersistentVolume
                metadata:
                  name: disk
                spec:
                """).findings())
                .extracting(Finding::path, Finding::message)
                .containsExactly(
                        tuple("document 1", "not a Kubernetes object: it has no spec"),
                        tuple("document 2", "not a Kubernetes object: it has no spec"));
    }
}
