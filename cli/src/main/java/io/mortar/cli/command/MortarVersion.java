package io.mortar.cli.command;

import picocli.CommandLine.IVersionProvider;

/** Version of this build, as its jar's manifest has it. */
final class MortarVersion implements IVersionProvider {
    @Override
    public String[] getVersion() {
        String version = MortarVersion.class.getPackage().getImplementationVersion();
        return new String[] {"mortar " + (version == null ? "(unpackaged build)" : version)};
    }
}
