package io.statefulkit.junit;

import io.statefulkit.cluster.ClusterStartException;
import io.statefulkit.cluster.ProviderKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/** Carries out {@link EnabledIfProvider}. */
final class ProviderCondition implements ExecutionCondition {

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        return AnnotationSupport.findAnnotation(context.getElement(), EnabledIfProvider.class)
                .map(annotation -> evaluate(EnumSet.copyOf(List.of(annotation.value())), context))
                .orElseGet(() -> ConditionEvaluationResult.enabled("for all kinds of clusters"));
    }

    private static ConditionEvaluationResult evaluate(Set<ProviderKind> kinds, ExtensionContext context) {
        ProviderKind kind;
        try {
            kind = Scopes.kind(context);
        } catch (ClusterStartException e) {
            // Skipping would hide that there is no cluster at all: the start says so, and fails the class.
            return ConditionEvaluationResult.enabled("no cluster can be started: " + e.getMessage());
        }
        return kinds.contains(kind) || kinds.contains(ProviderKind.AUTO)
                ? ConditionEvaluationResult.enabled("the cluster is " + kind)
                : ConditionEvaluationResult.disabled(
                        "only for " + kinds + ", and the cluster is " + kind + "; choose with -Dstatefulkit.provider");
    }
}
