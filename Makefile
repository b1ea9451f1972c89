.PHONY: run test check crash clean

# How often `make crash` kills the gateway.
ROUNDS ?= 5

run:
	dotnet run --project Api

test:
	dotnet test TryOn.Embedded.slnf

# The gate before a commit: everything builds without a warning, the solution filter is complete, the tests pass.
check:
	dotnet build TryOn.Orleans.sln
	dotnet test TryOn.Embedded.slnf

crash:
	TRYON_CRASH_ROUNDS=$(ROUNDS) dotnet test tests/Crash.Tests/Crash.Tests.csproj --logger "console;verbosity=detailed"

clean:
	rm -rf artifacts tests/artifacts
