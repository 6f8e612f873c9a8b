-- A path with an organization's key; "mode" is the path.
dofile("common.lua")
function request()
  local id = first + math.random(0, orgs - 1)
  return wrk.format("GET", mode, headers_of(id))
end
