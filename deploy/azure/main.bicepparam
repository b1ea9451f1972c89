using 'main.bicep'

param image = 'example.azurecr.io/tryon:1'
param registryName = 'example'

// Secrets come from the shell that deploys, and stand in no file.
param clusterSecret = readEnvironmentVariable('TRYON_SECRET')
param adminToken = readEnvironmentVariable('TRYON_ADMIN_TOKEN')
param geminiApiKey = readEnvironmentVariable('GEMINI_API_KEY', '')
param klingApiKey = readEnvironmentVariable('KLING_API_KEY', '')
