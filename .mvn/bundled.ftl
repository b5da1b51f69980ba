<#list dependencyMap as entry>
<#assign artifact = entry.getKey()/>
- ${artifact.groupId}:${artifact.artifactId}:${artifact.version} (${entry.getValue()?join(" or ")})
</#list>
