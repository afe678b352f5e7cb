package pipeline.endtoend.secure;

import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;

/** One operation on one resource, allowed from any host. */
public record Right(AclOperation operation, ResourceType type, String name, PatternType pattern) {

    public static Right onTopic(AclOperation operation, String name) {
        return new Right(operation, ResourceType.TOPIC, name, PatternType.LITERAL);
    }

    public static Right onGroup(AclOperation operation, String name) {
        return new Right(operation, ResourceType.GROUP, name, PatternType.LITERAL);
    }

    public static Right onGroups(AclOperation operation, String prefix) {
        return new Right(operation, ResourceType.GROUP, prefix, PatternType.PREFIXED);
    }

    public static Right onCluster(AclOperation operation) {
        return new Right(operation, ResourceType.CLUSTER, "kafka-cluster", PatternType.LITERAL);
    }

    /** @param principal such as {@code User:producer} */
    AclBinding of(String principal) {
        return new AclBinding(
                new ResourcePattern(type, name, pattern),
                new AccessControlEntry(principal, "*", operation, AclPermissionType.ALLOW));
    }

    /** Returns for example {@code WRITE on topic events}. */
    @Override
    public String toString() {
        String prefix = pattern == PatternType.PREFIXED ? "s that begin with " : " ";
        return operation + " on " + type.toString().toLowerCase(java.util.Locale.ROOT) + prefix + name;
    }
}
