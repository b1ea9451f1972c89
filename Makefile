.PHONY: run test bench-account bench-pictures bench-waiting bench-watchers fuzz check crash drill storm soak sim sim-bugs bench clean

# How often `make crash` kills the gateway.
ROUNDS ?= 5

run:
	dotnet run --project Silo

test:
	dotnet test

# The gate before a commit: everything builds without a warning, and its tests pass.
check: tests/Silo.Tests/azurite/node_modules tests/Clients/programs/node_modules test

# Azure Storage's emulator, and the clients that are tested. Without npm their tests are skipped.
%/node_modules: %/package-lock.json
	-cd $(@D) && npm ci --ignore-scripts --no-audit --no-fund

crash:
	TRYON_CRASH_ROUNDS=$(ROUNDS) dotnet test tests/Crash.Tests/Crash.Tests.csproj --logger "console;verbosity=detailed"

# The failure drills of docs/operations.md on a cluster, with a silo killed each minute for MINUTES. Needs PostgreSQL's programs.
MINUTES ?= 10
drill:
	TRYON_CRASH_MINUTES=$(MINUTES) dotnet test tests/Silo.Tests/Silo.Tests.csproj --filter ClusterDrill --logger "console;verbosity=detailed"

# Upstreams that lose answers, fail for minutes or have much under way, in the sizes that the specification names.
storm:
	TRYON_STORM_JOBS=1000 TRYON_STORM_MINUTES=5 TRYON_STORM_FLIGHT=500 dotnet test tests/Crash.Tests/Crash.Tests.csproj --filter Storms --logger "console;verbosity=detailed" -- xUnit.MaxParallelThreads=1

# The machines' properties under new scripts, this many times as many as `make test` tries.
TIMES ?= 50
fuzz:
	TRYON_FUZZ_MINUTES=$(MINUTES) dotnet test tests/Imaging.Tests --filter FuzzTests --logger "console;verbosity=detailed"

soak:
	TRYON_TEST_TIMES=$(TIMES) dotnet test tests/Core.Tests/Core.Tests.csproj --filter "FullyQualifiedName~Property|FullyQualifiedName~UnderAny|FullyQualifiedName~WhateverHappens"

# Accounts and jobs in worlds that fail in every way: the one world of a SEED with its whole trace, or many of them.
SEED ?=
SEEDS ?= 10000
sim:
	TRYON_SIM_SEED=$(SEED) TRYON_SIM_SEEDS=$(SEEDS) dotnet test tests/Simulation.Tests/Simulation.Tests.csproj --filter AnySeed --logger "console;verbosity=detailed"

# Whether the simulation would notice: every bug of a list, put in on purpose.
sim-bugs:
	TRYON_SIM_BUG_SEEDS=$(SEEDS) dotnet test tests/Simulation.Tests/Simulation.Tests.csproj --filter BugTests --logger "console;verbosity=detailed"

# Whole jobs through HTTP. With the path of another build's dll in BASELINE the two run in turn, and ratios are to that
# one; with a prepared database in POSTGRES the layouts of a cluster are measured as well.
BASELINE ?=
POSTGRES ?=
bench:
	dotnet build Silo -c Release
	dotnet run --project bench/Throughput -c Release -- \
		$(if $(BASELINE),--gateway "baseline=$(BASELINE)") \
		--gateway silo=artifacts/bin/Silo/release/TryOn.Silo.dll \
		$(if $(POSTGRES),--postgres "$(POSTGRES)")

# So many jobs wait for their upstream while the gateway is killed.
JOBS ?= 1000
bench-waiting:
	dotnet build Silo -c Release
	dotnet run --project bench/Throughput -c Release -- \
		--waiting $(JOBS) --gateway silo=artifacts/bin/Silo/release/TryOn.Silo.dll

# One busy account, and one with a long history.
bench-pictures:
	dotnet run --project bench/Throughput -c Release -- --pictures $(BASELINE)

bench-account:
	dotnet run --project bench/Throughput -c Release -- --hot
	dotnet run --project bench/Throughput -c Release -- --long

# Thousands who watch jobs. In full: WATCHERS="5000 2000 500", as SSE, WebSocket, and some that never read.
WATCHERS ?= 500 200 50
bench-watchers:
	dotnet build Silo -c Release
	dotnet run --project bench/Throughput -c Release -- --watchers artifacts/bin/Silo/release/TryOn.Silo.dll $(WATCHERS)

clean:
	rm -rf artifacts
