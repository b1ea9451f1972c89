// The cluster on Azure Container Apps: silos and front ends from one image, Azure Storage for membership, reminders,
// records and pictures, a key vault for secrets, and one managed identity that reads the vault and pulls the image.
//
//   az deployment group create -g <group> -f deploy/azure/main.bicep -p deploy/azure/main.bicepparam
//
// docs/operations.md says what has been run of this, and what has not.

@description('Begins the name of every resource: lower-case letters and digits.')
@minLength(3)
@maxLength(11)
param name string = 'tryon'

param location string = resourceGroup().location

@description('The image that deploy/Dockerfile makes, such as registry.azurecr.io/tryon:1.')
param image string

@description('The container registry in this resource group that holds the image.')
param registryName string

@minValue(2)
param silos int = 3

@minValue(1)
param frontEndsMin int = 2
param frontEndsMax int = 6

@description('What addresses in answers begin with. Empty: the host each request names.')
param publicBaseUrl string = ''

@secure()
@description('Base64 of 32 bytes or more. Keep a copy: without it all keys and links are void.')
param clusterSecret string

@secure()
@minLength(24)
param adminToken string

@secure()
@description('Empty: Gemini is not served.')
param geminiApiKey string = ''

@secure()
@description('Empty: Kling is not served.')
param klingApiKey string = ''

@description('Calls to Gemini at once, of all silos together.')
param geminiConcurrencyMax int = 8

@description('Tasks that Kling runs at once for your account there.')
param klingConcurrencyMax int = 5

var suffix = uniqueString(resourceGroup().id, name)
var picturesMount = '/pictures'
var picturesVolume = 'pictures'

var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'
var acrPull = '7f951dda-4ed3-4680-a7ca-43fe172d538d'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: '${name}-nodes'
  location: location
}

resource registry 'Microsoft.ContainerRegistry/registries@2023-07-01' existing = {
  name: registryName
}

resource pull 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(registry.id, identity.id, acrPull)
  scope: registry
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', acrPull)
  }
}

// Orleans' Azure providers take a connection string from configuration, so shared keys stay allowed; the string itself
// is known to the vault alone.
resource storage 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: take('${name}${suffix}', 24)
  location: location
  kind: 'StorageV2'
  sku: { name: 'Standard_ZRS' }
  properties: {
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    allowBlobPublicAccess: false
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: storage
  name: 'default'
}

resource recordsContainer 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobs
  name: 'records'
}

resource subscriptionsContainer 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobs
  name: 'subscriptions'
}

resource files 'Microsoft.Storage/storageAccounts/fileServices@2023-05-01' = {
  parent: storage
  name: 'default'
}

resource share 'Microsoft.Storage/storageAccounts/fileServices/shares@2023-05-01' = {
  parent: files
  name: picturesVolume
  properties: { shareQuota: 100 }
}

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: take('${name}-${suffix}', 24)
  location: location
  properties: {
    tenantId: subscription().tenantId
    sku: { family: 'A', name: 'standard' }
    enableRbacAuthorization: true
    enablePurgeProtection: true
  }
}

resource readSecrets 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identity.id, keyVaultSecretsUser)
  scope: vault
  properties: {
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
  }
}

resource storageSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'storage'
  properties: {
    value: 'DefaultEndpointsProtocol=https;AccountName=${storage.name};AccountKey=${storage.listKeys().keys[0].value};EndpointSuffix=${environment().suffixes.storage}'
  }
}

resource clusterSecretEntry 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'cluster'
  properties: { value: clusterSecret }
}

resource adminSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = {
  parent: vault
  name: 'admin'
  properties: { value: adminToken }
}

resource geminiSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(geminiApiKey)) {
  parent: vault
  name: 'gemini'
  properties: { value: geminiApiKey }
}

resource klingSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(klingApiKey)) {
  parent: vault
  name: 'kling'
  properties: { value: klingApiKey }
}

resource logs 'Microsoft.OperationalInsights/workspaces@2023-09-01' = {
  name: '${name}-logs'
  location: location
  properties: { sku: { name: 'PerGB2018' }, retentionInDays: 30 }
}

resource nodes 'Microsoft.App/managedEnvironments@2024-03-01' = {
  name: '${name}-nodes'
  location: location
  properties: {
    appLogsConfiguration: {
      destination: 'log-analytics'
      logAnalyticsConfiguration: {
        customerId: logs.properties.customerId
        sharedKey: logs.listKeys().primarySharedKey
      }
    }
  }
}

resource mount 'Microsoft.App/managedEnvironments/storages@2024-03-01' = {
  parent: nodes
  name: picturesVolume
  properties: {
    azureFile: {
      accountName: storage.name
      accountKey: storage.listKeys().keys[0].value
      shareName: share.name
      accessMode: 'ReadWrite'
    }
  }
}

var vaultUri = vault.properties.vaultUri
var nodeSecrets = [
  { name: 'storage', keyVaultUrl: '${vaultUri}secrets/storage', identity: identity.id }
  { name: 'cluster', keyVaultUrl: '${vaultUri}secrets/cluster', identity: identity.id }
]
var adminSecrets = [{ name: 'admin', keyVaultUrl: '${vaultUri}secrets/admin', identity: identity.id }]
var geminiSecrets = empty(geminiApiKey)
  ? []
  : [{ name: 'gemini', keyVaultUrl: '${vaultUri}secrets/gemini', identity: identity.id }]
var klingSecrets = empty(klingApiKey)
  ? []
  : [{ name: 'kling', keyVaultUrl: '${vaultUri}secrets/kling', identity: identity.id }]

// The names of the providers and of their sections are Orleans'.
var nodeSettings = [
  { name: 'ConnectionStrings__tryon', secretRef: 'storage' }
  { name: 'TryOn__Cluster__Secret', secretRef: 'cluster' }
  { name: 'TryOn__Cluster__PictureFolder', value: picturesMount }
  { name: 'Orleans__ClusterId', value: name }
  { name: 'Orleans__ServiceId', value: name }
  { name: 'Orleans__Clustering__ProviderType', value: 'AzureTableStorage' }
  { name: 'Orleans__Clustering__ConnectionName', value: 'tryon' }
  { name: 'Orleans__Reminders__ProviderType', value: 'AzureTableStorage' }
  { name: 'Orleans__Reminders__ConnectionName', value: 'tryon' }
  { name: 'Orleans__GrainStorage__records__ProviderType', value: 'AzureBlobStorage' }
  { name: 'Orleans__GrainStorage__records__ConnectionName', value: 'tryon' }
  { name: 'Orleans__GrainStorage__records__ContainerName', value: recordsContainer.name }
  { name: 'Orleans__GrainStorage__PubSubStore__ProviderType', value: 'AzureBlobStorage' }
  { name: 'Orleans__GrainStorage__PubSubStore__ConnectionName', value: 'tryon' }
  { name: 'Orleans__GrainStorage__PubSubStore__ContainerName', value: subscriptionsContainer.name }
]
// Silos tell it to providers that call back, front ends put it into answers.
var addressSettings = empty(publicBaseUrl) ? [] : [{ name: 'TryOn__PublicBaseUrl', value: publicBaseUrl }]
var adminSettings = [{ name: 'TryOn__Admin__Token', secretRef: 'admin' }]
var providerLimits = [
  { name: 'TryOn__Providers__Gemini__ConcurrencyMax', value: string(geminiConcurrencyMax) }
  { name: 'TryOn__Providers__Kling__ConcurrencyMax', value: string(klingConcurrencyMax) }
]
var geminiSettings = empty(geminiApiKey) ? [] : [{ name: 'TryOn__Providers__Gemini__ApiKey', secretRef: 'gemini' }]
var klingSettings = empty(klingApiKey) ? [] : [{ name: 'TryOn__Providers__Kling__ApiKey', secretRef: 'kling' }]

var registries = [{ server: registry.properties.loginServer, identity: identity.id }]
var volumes = [{ name: picturesVolume, storageType: 'AzureFile', storageName: mount.name }]
var volumeMounts = [{ volumeName: picturesVolume, mountPath: picturesMount }]

// HTTP opens once a silo has joined, or a front end has found one.
var probes = [
  { type: 'Startup', httpGet: { path: '/health/live', port: 8080 }, periodSeconds: 10, failureThreshold: 30 }
  { type: 'Liveness', httpGet: { path: '/health/live', port: 8080 }, periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 6 }
  { type: 'Readiness', httpGet: { path: '/health/ready', port: 8080 }, periodSeconds: 5 }
]

resource silo 'Microsoft.App/containerApps@2024-03-01' = {
  name: '${name}-silo'
  location: location
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  dependsOn: [pull, readSecrets, storageSecret, clusterSecretEntry, geminiSecret, klingSecret]
  properties: {
    environmentId: nodes.id
    configuration: {
      activeRevisionsMode: 'Single'
      registries: registries
      secrets: concat(nodeSecrets, geminiSecrets, klingSecrets)
    }
    template: {
      terminationGracePeriodSeconds: 45
      containers: [
        {
          name: 'silo'
          image: image
          args: ['--role', 'silo']
          env: concat(nodeSettings, addressSettings, providerLimits, geminiSettings, klingSettings)
          resources: { cpu: json('1.0'), memory: '2Gi' }
          probes: probes
          volumeMounts: volumeMounts
        }
      ]
      scale: { minReplicas: silos, maxReplicas: silos }
      volumes: volumes
    }
  }
}

resource api 'Microsoft.App/containerApps@2024-03-01' = {
  name: '${name}-api'
  location: location
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${identity.id}': {} } }
  dependsOn: [pull, readSecrets, storageSecret, clusterSecretEntry, adminSecret]
  properties: {
    environmentId: nodes.id
    configuration: {
      activeRevisionsMode: 'Single'
      ingress: { external: true, targetPort: 8080, transport: 'auto', allowInsecure: false }
      registries: registries
      secrets: concat(nodeSecrets, adminSecrets)
    }
    template: {
      terminationGracePeriodSeconds: 45
      containers: [
        {
          name: 'api'
          image: image
          args: ['--role', 'api']
          env: concat(nodeSettings, addressSettings, adminSettings)
          resources: { cpu: json('1.0'), memory: '2Gi' }
          probes: probes
          volumeMounts: volumeMounts
        }
      ]
      scale: {
        minReplicas: frontEndsMin
        maxReplicas: frontEndsMax
        rules: [{ name: 'requests', http: { metadata: { concurrentRequests: '50' } } }]
      }
      volumes: volumes
    }
  }
}

output address string = 'https://${api.properties.configuration.ingress.fqdn}'
