-- A page of the template organization in a signed-in browser; "mode" is "path|cookie".
dofile("common.lua")
function prepare()
  path, cookie = mode:match("^(.-)|(.*)$")
end
function request()
  return wrk.format("GET", path, { ["Cookie"] = cookie, ["HX-Request"] = path:find("/cart/") and "true" or nil })
end
