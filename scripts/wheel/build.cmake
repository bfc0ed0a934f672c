# Read by CMake when scripts/setup_venv.py has llama-cpp-python compiled: only the libraries that the
# package loads, many sources in one translation unit, so that headers are read and templates made once.

set(LLAMA_BUILD_COMMON OFF) # for the command-line tools, which nobody installs
set(LLAMA_ALL_WARNINGS OFF)

# Called when all targets are declared. What computes (ggml) keeps its -O3; the others prepare its work,
# and take half the time to compile with -O1.
function(harness_targets)
    harness_unity(llama 10 kv-cache-dsv4) # which has a function that another source has too
    harness_unity(mtmd 16 mtmd-helper) # which refuses to be compiled together with mtmd
    get_target_property(folder ggml-cpu SOURCE_DIR)
    set_source_files_properties(${folder}/ggml-cpu/amx/mmq.cpp TARGET_DIRECTORY ggml-cpu
        PROPERTIES COMPILE_OPTIONS "-include;${HARNESS_FOLDER}/amx.h")
    if(HARNESS_NO_AMX)
        target_compile_options(ggml-cpu PRIVATE -mno-amx-tile -mno-amx-int8 -mno-amx-bf16)
    endif()
endfunction()

# Put the sources of `target` together, `batch` in a unit, but for those whose names match `apart`.
function(harness_unity target batch apart)
    get_target_property(folder ${target} SOURCE_DIR)
    get_target_property(sources ${target} SOURCES)
    list(FILTER sources INCLUDE REGEX "\\.cpp$")
    list(TRANSFORM sources PREPEND "${folder}/" REGEX "^[^/]")
    set(alone ${sources})
    list(FILTER alone INCLUDE REGEX "${apart}")
    set_source_files_properties(${sources} DIRECTORY ${folder} PROPERTIES SKIP_UNITY_BUILD_INCLUSION OFF)
    set_source_files_properties(${alone} DIRECTORY ${folder} PROPERTIES SKIP_UNITY_BUILD_INCLUSION ON)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE ${batch})
    target_compile_options(${target} PRIVATE -O1)
endfunction()

set(HARNESS_FOLDER ${CMAKE_CURRENT_LIST_DIR})
cmake_language(DEFER CALL harness_targets)
