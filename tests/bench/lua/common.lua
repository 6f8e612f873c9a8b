-- What every load script shares: shops, barcodes, ids, and the figures at the end. Arguments come after "--":
-- first org id, how many organizations, how many products, mode.
local counter = 0

function setup(thread)
  counter = counter + 1
  thread:set("number", counter)
end

function init(args)
  first, orgs, products, mode = tonumber(args[1]), tonumber(args[2]), tonumber(args[3]), args[4] or "spread"
  math.randomseed(os.time() * 1000 + number * 7919)
  if prepare then prepare() end
end

function org()
  if mode == "one" then return first end
  return first + math.random(0, orgs - 1)
end

function headers_of(id)
  return { ["Authorization"] = "Bearer pp_bench_" .. id, ["Content-Type"] = "application/json" }
end

function barcode(i)
  local body = string.format("952%09d", i)
  local sum = 0
  for place = 1, 12 do
    local digit = tonumber(body:sub(13 - place, 13 - place))
    sum = sum + digit * (place % 2 == 1 and 3 or 1)
  end
  return body .. tostring((-sum) % 10)
end

local hex = "0123456789abcdef"
local function random_hex(n)
  local out = {}
  for i = 1, n do
    local k = math.random(1, 16)
    out[i] = hex:sub(k, k)
  end
  return table.concat(out)
end

function uuid7()
  local ms = string.format("%012x", math.floor(os.time() * 1000 + math.random(0, 999)))
  return ms:sub(1, 8) .. "-" .. ms:sub(9, 12) .. "-7" .. random_hex(3) .. "-a" .. random_hex(3) .. "-" .. random_hex(12)
end

function done(summary, latency, requests)
  local errors = summary.errors
  io.write(string.format(
    "FIGURES %d %d %d %d %d %d %d\n", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(95), latency:percentile(99), errors.status,
    errors.connect + errors.read + errors.write + errors.timeout))
end
